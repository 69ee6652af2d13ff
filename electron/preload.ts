import { contextBridge, ipcRenderer, webUtils } from 'electron';

/** Older runtimes have the path on the file itself. */
const pathOf = (file: File & { path?: string }): string =>
  typeof webUtils === 'undefined' ? (file.path ?? '') : webUtils.getPathForFile(file);

contextBridge.exposeInMainWorld('bridge', {
  call: (name: string, input: unknown) => ipcRenderer.invoke('call', name, input),
  drop(file: unknown) {
    // What a page makes up has a path of its choosing; a file that was dropped has none but its own.
    if (!(file instanceof File)) throw new TypeError('not a file');
    return ipcRenderer.invoke('drop', pathOf(file));
  },
  onTold(listener: (told: unknown) => void) {
    const pass = (_event: unknown, told: unknown) => listener(told);
    ipcRenderer.on('told', pass);
    return () => void ipcRenderer.removeListener('told', pass);
  },
});
