import { offerGlobal, OT } from './ot-object.js';
import { rememberScriptUrl } from './server-address.js';

// currentScript is only known while the script runs for the first time, and only in a page.
const script = typeof document === 'undefined' ? null : document.currentScript;
rememberScriptUrl(script && 'src' in script ? script.src : undefined);
offerGlobal();

export default OT;
