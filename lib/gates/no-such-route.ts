import { notFound } from "@/lib/errors";
import { webResponse } from "./message";
import { originOf } from "./origin";
import { problemAnswer } from "./problem-answer";

/** 404 in the API's own shape for paths under it that are no route. */
export async function noSuchRoute(request: Request): Promise<Response> {
  const origin = originOf(request.headers, request.method, new URL(request.url).pathname);
  return webResponse(problemAnswer(notFound("route"), origin));
}
