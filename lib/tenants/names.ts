import { Prisma } from "@/lib/db/generated/client";
import { Problem } from "@/lib/errors";

/** Runs what names a tenant; the database keeps names unique, and what it refuses for that becomes 409. */
export async function refuseTakenName<T>(name: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002")
      throw new Problem({ code: "conflict" }, `Another tenant of the organization is named "${name}"`);
    throw error;
  }
}
