/** Cases of the socket sink: its writing is tested beside its operator, against a real server. */
import { defineCases } from '../../../spec/node-cases.ts';

const input = { in: { columns: { id: 'INT' }, rows: [] } };

export const cases = defineCases({
  rows: [],
  cannotShow: {
    ordinary: 'rows need a server: see operator.test.ts',
    empty: 'rows need a server: see operator.test.ts',
    nulls: 'rows need a server: see operator.test.ts',
  },
  invalid: [
    { name: 'a port that does not exist', config: { port: 0 }, inputs: input, problems: [['MR2106', 'port']] },
    { name: 'no duration', config: { reconnectDelay: 'often' }, inputs: input, problems: [['MR2109', 'reconnectDelay']] },
  ],
});
