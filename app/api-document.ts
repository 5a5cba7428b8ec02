import { describeApi } from "@/lib/openapi/document";
import { apiOperations } from "./operations";

/** The OpenAPI document: the same for every caller, made once. */
export const apiDocument = describeApi(apiOperations);
