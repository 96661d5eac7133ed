/** The page's entry: finds the host it was served by and starts the designer on it. */
import { connectToHost } from '../host/connect.ts';
import { guardSinks } from '../host/trusted-types.ts';
import { showRefusal, showWaiting } from './notices.ts';
import { startDesigner } from './start.ts';

guardSinks();
const root = document.getElementById('root');
if (root !== null) {
  showWaiting(root);
  void startDesigner(connectToHost({ refused: () => showRefusal(root) }), root);
}
