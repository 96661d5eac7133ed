/** The designer on a host that lives in the page: for looking at it and for tests that need no engine. */

import { startDesigner } from '../../../renderer/app/start.ts';
import { guardSinks } from '../../../renderer/host/trusted-types.ts';
import { createMemoryHost } from './memory-host.ts';

guardSinks();
const root = document.getElementById('root');
if (root !== null) void startDesigner(createMemoryHost(sessionStorage), root);
