import { createServer } from "node:http";
import next from "next";

// A Next application from its build, under Next's own request handler: what `next start` does.

const app = next({ dev: false, dir: process.env.NEXT_DIR ?? "" });
await app.prepare();
const handle = app.getRequestHandler();
createServer((request, response) => void handle(request, response)).listen(Number(process.env.PORT), "127.0.0.1");
