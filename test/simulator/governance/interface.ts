import { IDL } from '@icp-sdk/core/candid';
// The SDK's own interface of the governance canister, as generated from its Candid. The package keeps the file but does
// not export it.
import { idlFactory } from '../../../node_modules/@icp-sdk/canisters/declarations/nns/governance.idl.js';

/** An action that a later governance canister may know and today's clients do not. */
export const laterAction = 'ActionOfALaterVersion';

/** The methods of the governance canister by name. */
export type Methods = ReadonlyMap<string, IDL.FuncClass>;

/** The interface as the SDK has it, or as a later version of the canister might have it (one more action). */
export function governanceMethods(later: boolean): Methods {
  const variant = (fields: Record<string, IDL.Type>): IDL.VariantClass =>
    IDL.Variant('ExecuteNnsFunction' in fields ? { ...fields, [laterAction]: IDL.Record({ note: IDL.Text }) } : fields);
  const service = idlFactory({ IDL: later ? { ...IDL, Variant: variant } : IDL });
  return new Map(service._fields);
}
