import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./setup.mjs";

// Run by check-operations.mjs where there is no network but the loopback interface: starts the service, asks for a page
// and stops it. Prints the statuses.

const service = spawn(process.execPath, ["scripts/start.mjs"], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
let output = "";
service.stdout.on("data", (chunk) => {
  process.stdout.write(chunk);
  if (output.includes("is ready")) return;
  output += chunk;
  if (output.includes("is ready")) void ask();
});
service.once("exit", (code) => process.exit(code ?? 1));

async function ask() {
  for (const path of ["/readyz", "/sign-in", "/openapi.json"]) {
    const { status } = await fetch(`http://127.0.0.1:${process.env.PORT}${path}`);
    process.stdout.write(`${join(path)} ${status}\n`);
  }
  await fetch("http://192.0.2.1/", { signal: AbortSignal.timeout(2000) }).then(
    () => process.stdout.write("There is a network\n"),
    () => process.stdout.write("There is no network\n"),
  );
  service.kill("SIGTERM");
}
