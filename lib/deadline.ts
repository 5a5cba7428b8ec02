/** The time to decide on a call: for all that it takes of the database, to look up and to put on record. */
export const decisionMilliseconds = 1000;

/** Thrown when work did not finish in its time. The work itself may still finish; its result is dropped. */
export class DeadlineExceeded extends Error {
  constructor(milliseconds: number) {
    super(`No answer within ${milliseconds} ms`);
    this.name = "DeadlineExceeded";
  }
}

/** The promise's outcome, or DeadlineExceeded when it takes longer. */
export async function withDeadline<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DeadlineExceeded(milliseconds)), milliseconds);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
