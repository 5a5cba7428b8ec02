// Where the gateways of docs/gateways ask.
export { GET } from "../../select/route.js";

export const dynamic = "force-dynamic";
