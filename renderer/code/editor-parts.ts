/** The parts of Monaco that a line of code needs, in a chunk of their own: nothing of it is read before a code field has the focus. */
import 'monaco-editor/features/codeEditor/register.js';
import 'monaco-editor/features/codicon/register.js';
import 'monaco-editor/editor/contrib/suggest/browser/suggestController.js';
import 'monaco-editor/features/parameterHints/register.js';
import 'monaco-editor/features/hover/register.js';
import 'monaco-editor/features/bracketMatching/register.js';
import 'monaco-editor/features/snippet/register.js';
import 'monaco-editor/features/clipboard/register.js';
import 'monaco-editor/features/wordOperations/register.js';
import 'monaco-editor/features/cursorUndo/register.js';

export { editor, KeyCode, KeyMod, languages, MarkerSeverity, Uri } from 'monaco-editor/editor/editor.api.js';
