/** Who may import whom: the layers of the engine, portable code, islands of nodes. See ARCHITECTURE.md. */

/** Lowest first; a layer may import itself and what stands before it. */
const LAYERS = ['base', 'types', 'columnar', 'expressions', 'spec'];

const NODE_ONLY = '^engine/(base/node-|runtime/|state/|connectors/|formats/|host/(services|transports)/|nodes/.+/operator[-.])';

function layerRules() {
  return LAYERS.map((layer, index) => ({
    name: `layer-${layer}`,
    comment: `engine/${layer} may import only ${['itself', ...LAYERS.slice(0, index)].join(', ')}.`,
    severity: 'error',
    from: { path: `^engine/${layer}/`, pathNot: '\\.(test|bench)\\.ts$' },
    to: { path: '^(engine|renderer|electron|test)/', pathNot: `^engine/(${LAYERS.slice(0, index + 1).join('|')})/` },
  }));
}

module.exports = {
  forbidden: [
    ...layerRules(),
    {
      name: 'definitions-are-portable',
      comment: 'What describes a node is read by page, host and engine: it may import only portable code.',
      severity: 'error',
      from: { path: '^engine/nodes/.+/(node|flink|spark|cases)\\.ts$' },
      to: { path: `${NODE_ONLY}|^(renderer|electron|test)/` },
    },
    {
      name: 'exporters-and-sql-are-portable',
      severity: 'error',
      from: { path: '^engine/(export|sql)/', pathNot: '\\.test\\.ts$' },
      to: { path: `${NODE_ONLY}|^engine/operators/(?!operator\\.ts)|^(renderer|electron|test)/` },
    },
    {
      name: 'state-and-formats-stand-below-operators',
      severity: 'error',
      from: { path: '^engine/(state|formats)/', pathNot: '\\.(test|bench)\\.ts$' },
      to: { path: '^engine/(connectors|operators/(?!operator\\.ts)|nodes|export|sql|runtime|host)/' },
    },
    {
      name: 'connectors-stand-below-operators',
      severity: 'error',
      from: { path: '^engine/connectors/', pathNot: '\\.(test|bench)\\.ts$' },
      to: { path: '^engine/(operators/(?!operator\\.ts)|nodes|export|sql|runtime|host)/' },
    },
    {
      name: 'operators-stand-below-nodes',
      severity: 'error',
      from: { path: '^engine/operators/', pathNot: '\\.(test|bench)\\.ts$' },
      to: { path: '^engine/(nodes|export|sql|runtime|host)/' },
    },
    {
      name: 'runtime-knows-no-host',
      severity: 'error',
      from: { path: '^engine/runtime/', pathNot: '\\.(test|bench)\\.ts$' },
      to: { path: '^engine/(host|export|sql)/', pathNot: '^engine/host/contract\\.ts$' },
    },
    {
      name: 'nodes-are-islands',
      comment: 'Node folders share through operators/, expressions/ and connectors/, never through each other.',
      severity: 'error',
      from: { path: '^engine/nodes/([^/]+/[^/]+)/' },
      to: { path: '^engine/nodes/[^/]+/', pathNot: '^engine/nodes/$1/' },
    },
    {
      name: 'engine-has-no-interface',
      severity: 'error',
      from: { path: '^engine/' },
      to: { path: '^(renderer|electron)/|node_modules/(react|react-dom|electron)/' },
    },
    {
      name: 'contract-is-portable',
      severity: 'error',
      from: {
        path: '^engine/host/(contract|contract/[a-z-]+|client|sides|frames|transport|socket-frames|web-connection|port-connection)\\.ts$',
      },
      to: {
        pathNot:
          '^engine/(base/(?!node-)|host/(contract|contract/[a-z-]+|client|sides|frames|transport|socket-frames|web-connection|port-connection)\\.ts)',
      },
    },
    {
      name: 'page-reaches-no-engine-room',
      comment: 'Whatever the page imports, directly or not, must be portable.',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '^renderer/(vite.config|build/)|\\.test\\.tsx?$' },
      to: { path: NODE_ONLY, reachable: true },
    },
    {
      name: 'page-uses-no-node',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '^renderer/(vite.config|build/)|\\.test\\.tsx?$' },
      to: {
        path: '^(node:)?(fs|path|os|net|http|https|crypto|process|module|url|util|zlib|events|stream|child_process|worker_threads|async_hooks)$',
        reachable: true,
      },
    },
    {
      name: 'interface-kit-knows-no-pipelines',
      severity: 'error',
      from: { path: '^renderer/ui/' },
      to: { path: '^(engine|renderer/(app|document|canvas|palette|inspector|code|runs|host))/' },
    },
    {
      name: 'document-knows-no-react',
      severity: 'error',
      from: { path: '^renderer/document/', pathNot: '\\.test\\.tsx?$' },
      to: { path: 'node_modules/(react|react-dom)/|^renderer/(app|canvas|palette|inspector|code|runs|ui)/' },
    },
    {
      name: 'desktop-reaches-the-engine-through-the-host',
      severity: 'error',
      from: { path: '^electron/' },
      to: { path: '^engine/', pathNot: '^engine/(host|base)/' },
    },
    {
      name: 'production-imports-no-tests',
      severity: 'error',
      from: { path: '^(engine|renderer|electron)/', pathNot: '\\.(test|bench)\\.tsx?$' },
      to: { path: '^test/|\\.(test|bench)\\.tsx?$|node_modules/(vitest|fast-check|@playwright)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { pathNot: '\\.test\\.tsx?$' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        path: '^(engine|renderer|electron)/',
        pathNot: '\\.d\\.ts$|\\.(test|bench)\\.tsx?$|/(cases|operator|node)\\.ts$|^engine/runtime/workers/',
      },
      to: {},
    },
    {
      name: 'declared-packages-only',
      severity: 'error',
      from: { path: '^(engine|renderer|electron)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'undetermined'], pathNot: '\\?' },
    },
    { name: 'everything-resolves', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '\\?|\\$\\{|^virtual:' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|renderer/public)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
