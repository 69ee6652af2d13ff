/** The arrows of the house: docs/architecture.md. `test/repo/boundaries.test.ts` breaks each one on purpose. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    rule(
      'core-is-pure',
      'core knows no machine: only itself and zod',
      { path: '^core/' },
      { pathNot: '^(core/|node_modules/zod/)' },
    ),
    rule(
      'one-spawn',
      'only native/ffmpeg/run.ts starts a process',
      { path: '^(core|native|portals|workers|cli|electron|renderer|words)/', pathNot: '^native/ffmpeg/run\\.ts$' },
      { path: '^(node:)?child_process$' },
    ),
    rule(
      'one-engine',
      'only native/onnx/session.ts knows the inference engine',
      { pathNot: '^native/onnx/session\\.ts$' },
      { path: 'onnxruntime' },
    ),
    rule(
      'no-network',
      'only portals may open a connection; the vault holds files out on 127.0.0.1, to ffmpeg on this machine',
      { path: '^(core|native|models|workers|cli|electron|renderer|words)/', pathNot: '^native/vault/loopback\\.ts$' },
      { path: '^(node:)?(https?|net|tls|dgram|http2|dns)$|node_modules/(undici|ssh2)/|^(undici|ssh2)$' },
    ),
    rule(
      'one-queue',
      'the second way to a network, and the only one beside portals: a queue on a server of the school',
      { path: '^(core|native|models|portals|cli|electron|renderer|words)/' },
      { path: '(^|/)(bullmq|ioredis)(/|$)' },
    ),
    rule(
      'queue-by-choice',
      'whoever wants workers says so on the command line; the desktop app and the engine can not',
      { path: '^(core|native|models|portals|electron|renderer|words)/' },
      { path: '^workers/' },
    ),
    rule(
      'workers-on-native',
      'a queue carries what the engine has signed and sealed; it knows no shell and no way out',
      { path: '^workers/' },
      { path: '^(portals|models|cli|electron|renderer|words)/' },
    ),
    rule(
      'native-below-cli',
      'the engine does not know its shells',
      { path: '^native/' },
      { path: '^(cli|electron|renderer|portals)/' },
    ),
    rule(
      'portals-apart',
      'a way out knows what is delivered, and nothing of vault, keys or footage; it writes files as the store does',
      { path: '^portals/' },
      { path: '^(native|models|cli|electron|renderer|words)/', pathNot: '^native/store/(files|atomic)\\.ts$' },
    ),
    rule(
      'one-line-out',
      'in portals/, an adapter reaches a host through portals/net alone, which holds it against the signed profile',
      { path: '^portals/', pathNot: '^portals/net/' },
      { path: '^(node:)?(https?|net|tls|dgram|http2|dns)$|node_modules/undici/|^undici$' },
    ),
    rule(
      'words-on-core',
      'what both shells say knows only what there is to say',
      { path: '^words/' },
      { pathNot: '^(core|words)/' },
    ),
    rule(
      'window-sees-core',
      'a screen knows rules from core and the shell by its contract; no Node, no Electron, no engine',
      { path: '^renderer/' },
      { path: '^(node:|electron$|(native|models|cli)/|electron/(?!ipc/))|^(fs|path|os|crypto)$' },
    ),
    rule(
      'contract-is-pure',
      'both ends are derived from it',
      { path: '^electron/ipc/' },
      { pathNot: '^(core/|electron/ipc/|node_modules/zod/)' },
    ),
    rule(
      'screens-apart',
      'a screen never imports another screen',
      { path: '^renderer/screens/([^/]+)/' },
      { path: '^renderer/screens/', pathNot: '^renderer/screens/$1/' },
    ),
    rule(
      'shell-only-relays',
      'keys, footage and inference live in the host: the shell never loads them',
      { path: '^electron/', pathNot: '^electron/host/' },
      { path: '^(native|models)/', pathNot: '^native/store/atomic\\.ts$' },
    ),
    rule('models-below-native', 'models build on core alone', { path: '^models/' }, { path: '^(native|cli)/' }),
    rule(
      'no-test-in-product',
      'the product does not import its tests',
      { path: '^(core|native|models|portals|workers|cli|electron|renderer|words)/' },
      { path: '^test/' },
    ),
    rule(
      'pipeline-on-top',
      'inside core, features do not import the pipeline',
      { path: '^core/', pathNot: '^core/pipeline/' },
      { path: '^core/pipeline/' },
    ),
    rule('no-cycles', 'no file needs itself', {}, { circular: true }),
    rule(
      'no-orphans',
      'no file that nothing uses',
      {
        orphan: true,
        pathNot: '(\\.d\\.ts$|^cli/main\\.ts$|^models/prepare\\.ts$|^electron/preload\\.ts$|\\.css$|^test/)',
      },
      {},
    ),
    rule('no-utils', 'one idea a file, named for it', {}, { path: '/(utils|helpers)/' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      conditionNames: ['import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
