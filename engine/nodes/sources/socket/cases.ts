/** Cases of the socket source: its reading is tested beside its operator, against a real server. */
import { defineCases } from '../../../spec/node-cases.ts';

const schema = [{ name: 'line', type: 'STRING' }];

export const cases = defineCases({
  rows: [],
  cannotShow: {
    ordinary: 'rows need a server: see operator.test.ts',
    empty: 'rows need a server: see operator.test.ts',
    nulls: 'rows need a server: see operator.test.ts',
  },
  invalid: [
    { name: 'no columns', config: {}, problems: [['MR2101', 'schema']] },
    { name: 'a port that does not exist', config: { port: 70000, schema }, problems: [['MR2106', 'port']] },
    { name: 'a host that is no text', config: { host: 7, schema }, problems: [['MR2103', 'host']] },
  ],
});
