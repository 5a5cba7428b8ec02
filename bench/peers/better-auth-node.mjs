import { createServer } from "node:http";
import { verify } from "./better-auth-instance.mjs";

// better-auth's verification on plain Node.

createServer(async (request, response) => {
  const { status, id } = await verify(request.headers.authorization);
  const body = JSON.stringify({ id });
  response.writeHead(status, { "content-type": "application/json", "content-length": String(body.length) });
  response.end(body);
}).listen(Number(process.env.PORT), "127.0.0.1");
