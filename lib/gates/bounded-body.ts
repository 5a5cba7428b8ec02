import { NextRequest } from "next/server";
import { readBytes } from "./body";
import { apiRequest, webResponse } from "./message";
import { originOf } from "./origin";
import { problemAnswer, problemOf } from "./problem-answer";

type Handle = (request: Request, context: unknown) => Promise<Response>;

/** A handler of a library that would read a body of any length, given none beyond what the API takes: that is 413. */
export function withBoundedBody(handle: Handle): Handle {
  return async (request, context) => {
    if (request.body === null) return handle(request, context);
    const { url, method, headers } = request;
    let body: Uint8Array<ArrayBuffer>;
    try {
      body = Uint8Array.from(await readBytes(apiRequest(request)));
    } catch (error) {
      const origin = originOf(headers, method, new URL(url).pathname);
      return webResponse(problemAnswer(problemOf(error, origin), origin));
    }
    return handle(new NextRequest(url, { method, headers, body }), context);
  };
}
