const lastOf = new Map<string, Promise<unknown>>();

/**
 * Does work with the same key one after the other within this process. Work that the database would queue behind a lock
 * waits here instead, where it holds no connection that others need. Instances still meet at the lock.
 */
export async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = lastOf.get(key);
  const mine = (async () => {
    await before?.catch(() => undefined);
    return work();
  })();
  lastOf.set(key, mine);
  try {
    return await mine;
  } finally {
    if (lastOf.get(key) === mine) lastOf.delete(key);
  }
}
