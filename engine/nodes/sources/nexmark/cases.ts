/** Cases of the Nexmark source: the first events of seed 1, byte for byte those of the published rules. */
import { defineCases } from '../../../spec/node-cases.ts';

export const cases = defineCases({
  cannotShow: { nulls: 'no event has a NULL' },
  rows: [
    {
      name: 'the first people',
      shows: ['ordinary'],
      config: { events: 'person', count: 60 },
      outputs: {
        out: [
          [
            1000,
            'Sarah Spencer',
            'wbil@lyuk.com',
            '3545 0036 6909 5473',
            'Boise',
            'AZ',
            '2024-02-28 23:59:00',
            'iphfwpicffergeefwbtgbhwthitazfttuxchpqtmjxuhqyyethnuofwjyktagcgvveklptkttjrrqetrwdjngijtsgnbjjzbhphikhzarbfiiqzpgshigmmkggldftlvtefyvkib',
          ],
          [
            1001,
            'Peter Spencer',
            'y ml@io.com',
            '7849 4712 6636 4432',
            'Kent',
            'WY',
            '2024-02-28 23:59:00.05',
            'cfxfxcmfqetlbkdlwrbdwrxwmqsrwhfipygkgdrpmtzhqmrvhnkizczkrwycazdngwjvwwljohcvenpcyeqxqgiegeoeixxzgxbgcetxuinjtsgfdkqbrucgwqgvzabdkygjzdhgstklyj',
          ],
        ],
      },
    },
    {
      name: 'the first bids',
      shows: ['ordinary'],
      config: { events: 'bid', count: 7 },
      outputs: {
        out: [
          [
            1009,
            2005,
            8480,
            'channel-4173',
            'https://www.nexmark.com/fiwr/chwx/khwa/item.htm?query=1&channel_id=1308098560',
            '2024-02-28 23:59:00.004',
            'modpobghdlynmtptoqzqfmfsrksauyzlchtzwmwakrufoguuwzzxshsgzwisatsstsrjbafwv',
          ],
          [
            1004,
            2001,
            569,
            'Baidu',
            'https://www.nexmark.com/fhc/aql/xty_/item.htm?query=1',
            '2024-02-28 23:59:00.005',
            'hocfyjxtidqamlkytlzagbpaepimmdkqybujmdzblmkpxlkcefhtysclrcbmtj',
          ],
          [
            1005,
            2001,
            648320,
            'Google',
            'https://www.nexmark.com/oht/qmw/ita/item.htm?query=1',
            '2024-02-28 23:59:00.006',
            'kafjeqylmdknlphchqoyuecoxankqaalfexqebfqgzhrggpdfuetzwkcjbpmzlcrrkwyylgieufa',
          ],
        ],
      },
    },
    { name: 'no events', shows: ['empty'], config: { count: 0 }, outputs: { out: [] } },
  ],
  invalid: [
    { name: 'a share above one', config: { lateShare: 2 }, problems: [['MR2106', 'lateShare']] },
    { name: 'half an event', config: { count: 0.5 }, problems: [['MR2107', 'count']] },
    { name: 'a kind that does not exist', config: { events: 'offer' }, problems: [['MR2108', 'events']] },
    { name: 'a start that is no time', config: { startTime: 'yesterday' }, problems: [['MR2105', 'startTime']] },
  ],
});
