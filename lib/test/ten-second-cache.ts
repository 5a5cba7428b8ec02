import { createServer, request } from "node:http";
import { freePort } from "@/lib/free-port";

const freshMilliseconds = 10_000;

/**
 * What this service is not: a gateway in front of it that keeps each verdict for ten seconds. The check for staleness
 * must find it out, or the check proves nothing.
 */
export async function startTenSecondCache(instance: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const kept = new Map<string, { status: number; until: number }>();
  const server = createServer((incoming, response) => {
    const { url = "/", headers } = incoming;
    const key = `${headers.authorization} ${url}`;
    const known = kept.get(key);
    if (known && known.until > Date.now()) return void response.writeHead(known.status).end();
    request(instance + url, { headers: { authorization: headers.authorization ?? "" } }, (answer) => {
      answer.resume();
      const status = answer.statusCode ?? 502;
      kept.set(key, { status, until: Date.now() + freshMilliseconds });
      response.writeHead(status).end();
    })
      .on("error", () => response.writeHead(502).end())
      .end();
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
