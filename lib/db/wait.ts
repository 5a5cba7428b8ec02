import pg from "pg";

const deadlineMs = 30_000;

/** The database cannot be used; the message is for the operator. */
export class DatabaseUnreachableError extends Error {
  override name = "DatabaseUnreachableError";
}

/** Resolves when the database accepts a connection; one that is still starting gets 30 seconds. */
export async function waitForDatabase(databaseUrl: string, onWait: (where: string) => void): Promise<void> {
  const { hostname, port, pathname } = new URL(databaseUrl);
  const where = `${hostname}:${port || 5432}${pathname}`;
  const deadline = Date.now() + deadlineMs;
  let told = false;
  for (;;) {
    const error = await tryToConnect(databaseUrl);
    if (error === undefined) return;
    const reason = error.message || codeOf(error);
    if (!isPassing(error)) throw new DatabaseUnreachableError(`The database at ${where} refuses us: ${reason}`);
    if (Date.now() > deadline) {
      throw new DatabaseUnreachableError(`The database at ${where} cannot be reached: ${reason}. Check DATABASE_URL.`);
    }
    if (!told) onWait(where);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function tryToConnect(connectionString: string): Promise<Error | undefined> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 3000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Wrong passwords and missing databases stay; refused connections, "starting up" and "too many clients" may pass. */
function isPassing(error: Error): boolean {
  if (!(error instanceof pg.DatabaseError)) return true;
  return error.code === "57P03" || error.code === "53300";
}

function codeOf(error: Error): string {
  return "code" in error ? String(error.code) : error.name;
}
