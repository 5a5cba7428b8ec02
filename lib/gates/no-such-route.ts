import { notFound } from "@/lib/errors";
import { originOf } from "./origin";
import { problemResponse } from "./problem-response";

/** 404 in the API's own shape for paths under it that are no route. */
export async function noSuchRoute(request: Request): Promise<Response> {
  const origin = originOf(request.headers, request.method, new URL(request.url).pathname);
  return problemResponse(notFound("route"), origin);
}
