import { createServer } from "node:net";

/**
 * Why a server cannot listen there, in words for the operator; undefined when it can.
 * @param {number} port
 * @param {string} host
 * @returns {Promise<string | undefined>}
 */
export function portProblem(port, host) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error) => resolve(listenProblem(error, port, host)));
    probe.listen(port, host, () => probe.close(() => resolve(undefined)));
  });
}

/**
 * @param {Error} error
 * @param {number} port
 * @param {string} host
 */
export function listenProblem(error, port, host) {
  const code = "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") {
    return `Port ${port} is in use on ${host}. Stop the program that uses it, or set PORT to a free one: PORT=${port + 1} npm start`;
  }
  if (code === "EACCES") return `Port ${port} is reserved for the system. Set PORT to 1024 or more.`;
  return `Cannot listen on ${host}, port ${port}: ${error.message}. Check HOST and PORT.`;
}
