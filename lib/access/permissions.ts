import { grantableSets } from "./permission-sets";
import { resources, type Scope } from "./scopes";

/** The catalogue and the permission sets, with what a holder of these scopes may grant. */
export function describePermissions(held: readonly Scope[]) {
  return {
    resources: resources.map(({ resource, label, group, scopes }) => ({
      resource,
      label,
      group,
      scopes: scopes.map(({ scope, label, description }) => ({
        scope,
        label,
        description,
        grantable: held.includes(scope),
      })),
    })),
    permissionSets: grantableSets(held),
  };
}
