import { createServer } from "node:http";

// The limit: what Node alone does when the answer is always the same.

createServer((_request, response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.end('{"ok":true}');
}).listen(Number(process.env.PORT), "127.0.0.1");
