import { offerGlobal, OT } from './ot-object.js';
import { rememberScriptUrl } from './server-address.js';

rememberScriptUrl(import.meta.url);
offerGlobal();

export * from './ot.js';
export type * from './types.js';
export { OT };
export default OT;
