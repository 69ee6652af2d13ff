/** The web-standard globals that core may use; neither DOM nor Node types are visible here. */
interface AbortSignal {
  readonly aborted: boolean;
}
