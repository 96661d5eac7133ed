/** A node's honest answer when a target engine cannot do what it does. */
import type { Text } from '../text.ts';

export interface Unsupported {
  readonly unsupported: true;
  /** Why, as a sentence without a final stop. */
  readonly reason: Text;
  /** The closest thing that the target can do. */
  readonly nearest: Text;
}

export function unsupported(reason: Text, nearest: Text): Unsupported {
  return { unsupported: true, reason, nearest };
}

export function isUnsupported(answer: object): answer is Unsupported {
  return 'unsupported' in answer;
}
