import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import next from "next";
import onHeaders from "on-headers";
import { env } from "@/lib/env";
import { clientAddress, trustOnly } from "@/lib/gates/client-address";
import { nodeHeaders, nodeRequest, sendAnswer } from "@/lib/gates/node-http";
import { clientAddressHeader, originOf } from "@/lib/gates/origin";
import { pageRefusal } from "@/lib/gates/page-request";
import { type FoundPath, pathFinder } from "@/lib/gates/paths";
import { problemAnswer } from "@/lib/gates/problem-answer";
import { answer } from "@/lib/gates/route";
import { log } from "@/lib/log";
import { observer } from "@/lib/metrics/observer";
import { methods } from "@/lib/operation";
import { guardPage } from "@/lib/security-headers";
import { listenProblem } from "@/scripts/port.mjs";

const drainMilliseconds = 10_000;
/** Longer than the idle timeout of common load balancers, which must be the ones to close. */
const keepAliveMilliseconds = 75_000;
/** A client that goes by it closes well before the service does: none calls on a connection that is being closed. */
const keepAliveHintSeconds = 60;
/** As nginx calls it: nobody waited for the answer. */
const clientClosedRequest = 499;

/** The service of one process: the API before Next, everything else by Next. */
export interface Service {
  prepare(): Promise<void>;
  /** Throws what the operator can do about it. */
  listen(): Promise<void>;
  /** Takes no new connections and lets requests in flight finish, within bounds. */
  drain(): Promise<void>;
  end(): Promise<void>;
}

/** A service that answers these operations, on HOST and PORT. */
export function createService(operations: Parameters<typeof pathFinder>[0], dev: boolean): Service {
  const app = next({
    ...{ dev, dir: join(import.meta.dirname, ".."), hostname: env.HOST, port: env.PORT },
    // Next would take over every upgrade of the server it is given, and never answer most. In production there is nothing to
    // upgrade to: with a server that never listens, such a request is answered as any other (RFC 9110 §7.8).
    ...(!dev && { httpServer: createServer() }),
  });
  const find = pathFinder(operations);
  const trust = trustOnly(env.TRUSTED_PROXIES);
  let handle: ReturnType<typeof app.getRequestHandler> | undefined;
  const server = createServer((request, response) => {
    // Node keeps the first of several and drops the rest; joined, they are refused as malformed.
    const authorizations = request.headersDistinct.authorization;
    if (authorizations !== undefined) request.headers.authorization = authorizations.join(", ");
    // Handlers see no socket; whatever a client sent under this name is replaced.
    request.headers[clientAddressHeader] = clientAddress(request, trust);
    const found = isApiMethod(request.method) ? find(pathOf(request.url)) : null;
    handle ??= app.getRequestHandler();
    if (server.listening) response.setHeader("keep-alive", `timeout=${keepAliveHintSeconds}`);
    else response.setHeader("connection", "close");
    watch(found?.pattern ?? "page", request, response);
    if (found) void answerApi(found, request, response);
    else void answerPage(handle, request, response, dev);
  });
  server.headersTimeout = 15_000;
  server.requestTimeout = 60_000;
  server.keepAliveTimeout = keepAliveMilliseconds;
  return {
    prepare: () => app.prepare(),
    listen: () => listen(server),
    drain: () => drain(server),
    end: () => app.close(),
  };
}

/** The API is answered before Next is entered, by the very handlers that Next mounts: Next alone is the slower way. */
async function answerApi(found: FoundPath, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const answered = await answer(found.operations, nodeRequest(request), found.id);
    await sendAnswer(answered, request, response);
    const correlationId = answered.headers["x-correlation-id"];
    log.debug({ correlationId, method: request.method, route: found.pattern, status: answered.status }, "answered");
  } catch (error) {
    giveUp(error, response);
  }
}

async function answerPage(
  handle: ReturnType<ReturnType<typeof next>["getRequestHandler"]>,
  request: IncomingMessage,
  response: ServerResponse,
  dev: boolean,
): Promise<void> {
  const { method = "GET" } = request;
  const path = pathOf(request.url);
  try {
    const headers = nodeHeaders(request);
    const refusal = pageRefusal(method, path, headers);
    if (refusal) {
      const origin = originOf(headers, method, path);
      await sendAnswer(problemAnswer(refusal, origin), request, response);
      return;
    }
    guardPage(request, response, dev);
    faultsAreUnavailable(response);
    await handle(request, response);
  } catch (error) {
    giveUp(error, response);
  }
}

/** Next answers a fault with 500. Ours are 503, as the API's are: a moment later the page may be there (RFC 9110 §15.6.4). */
function faultsAreUnavailable(response: ServerResponse): void {
  onHeaders(response, () => {
    if (response.statusCode !== 500) return;
    response.statusCode = 503;
    response.setHeader("retry-after", "1");
  });
}

/** The client went away, or sent what no request can hold; handlers themselves never throw. */
function giveUp(error: unknown, response: ServerResponse): void {
  log.warn({ err: error }, "an answer could not be sent");
  if (!response.headersSent) response.writeHead(400);
  response.end();
}

/** Tells the metrics, if there are any, of the answer once it is sent, or the client gone. */
function watch(route: string, request: IncomingMessage, response: ServerResponse): void {
  const listening = observer();
  if (!listening) return;
  const startedAt = performance.now();
  response.once("close", () => {
    const status = response.writableFinished ? response.statusCode : clientClosedRequest;
    const method = isApiMethod(request.method) && request.method !== undefined ? request.method : "other";
    listening.answered({ route, method, status, seconds: (performance.now() - startedAt) / 1000 });
  });
}

/** What else there is, OPTIONS for one, Next answers. */
function isApiMethod(method: string | undefined): boolean {
  return method === "HEAD" || methods.some((known) => known === method);
}

function pathOf(url: string | undefined): string {
  return url?.split("?", 1)[0] ?? "";
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(new Error(listenProblem(error, env.PORT, env.HOST))));
    server.listen(env.PORT, env.HOST, resolve);
  });
}

function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const closeIdle = setInterval(() => server.closeIdleConnections(), 50);
    const giveUp = setTimeout(() => server.closeAllConnections(), drainMilliseconds);
    server.close(() => {
      clearInterval(closeIdle);
      clearTimeout(giveUp);
      resolve();
    });
  });
}
