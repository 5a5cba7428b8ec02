import { randomUUID } from "node:crypto";
import type pg from "pg";
import { z } from "zod";
import type { Place } from "@/lib/test/fixtures";
import { type Judge, pause, type Question, type Target } from "./traffic";

const pauseMilliseconds = 40;
const issuedSchema = z.object({ token: z.object({ id: z.uuid() }), secret: z.string() });
const revokedSchema = z.object({ results: z.array(z.object({ id: z.uuid() })) });
const pipelineSchema = z.object({ name: z.string() });

/** Changes that were acknowledged: none may be missing afterwards. */
export class Ledger {
  readonly createdTokens = new Set<string>();
  readonly revokedTokens = new Set<string>();
  readonly pipelines = new Set<string>();

  /** Takes down what an answer acknowledges. */
  note({ status, text }: { status: number; text: string }): void {
    if (status >= 300) return;
    const body: unknown = JSON.parse(text);
    const issued = issuedSchema.safeParse(body);
    const revoked = revokedSchema.safeParse(body);
    if (issued.success) this.createdTokens.add(issued.data.token.id);
    else if (revoked.success) for (const { id } of revoked.data.results) this.revokedTokens.add(id);
    else this.pipelines.add(pipelineSchema.parse(body).name);
  }
}

/**
 * Makes changes on one instance without pause: issues a token, creates a pipeline, revokes the token, and asks the other
 * instance in between whether it knows.
 */
export class Changes {
  private readonly judge: Judge;
  private readonly ledger: Ledger;
  private readonly on: Target;
  private readonly asked: Target;
  private readonly secret: string;
  private running: Promise<void> | undefined;
  private isStopping = false;

  constructor(options: { judge: Judge; ledger: Ledger; on: Target; asked: Target; secret: string }) {
    this.judge = options.judge;
    this.ledger = options.ledger;
    this.on = options.on;
    this.asked = options.asked;
    this.secret = options.secret;
  }

  start(): void {
    this.running = this.keepChanging();
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await this.running;
  }

  private async keepChanging(): Promise<void> {
    while (!this.isStopping) {
      await this.round();
      await pause(pauseMilliseconds);
    }
  }

  private async round(): Promise<void> {
    const { judge, ledger, secret, on } = this;
    const make = async (name: string, path: string, body: unknown, right: number) => {
      const headers = { authorization: `Bearer ${secret}` };
      const answer = await judge.judge(on, { name, isGood: true, method: "POST", path, headers, body, right: [right] });
      if (answer) ledger.note(answer);
      return answer;
    };
    const pipeline = { signal: "logs", source: "otlp", destination: "s3://bucket" };
    await make("creates a pipeline", "/v1/pipelines", { name: `pipeline-${randomUUID()}`, ...pipeline }, 201);
    const body = { name: `token-${randomUUID()}`, scopes: ["pipeline:read"] };
    const answer = await make("issues a token", "/identity/tokens", body, 201);
    if (!answer) return;
    const issued = issuedSchema.parse(JSON.parse(answer.text));
    await judge.judge(this.asked, verification("a token just issued", issued.secret, [200]));
    const revocation = { ids: [issued.token.id], reason: "compromised" };
    const isRevoked = await make("revokes a token", "/identity/tokens/revoke", revocation, 200);
    // After a 503 or a broken connection, the change may have been made or not.
    const right = isRevoked ? [401] : [200, 401];
    await judge.judge(this.asked, verification("a token just revoked", issued.secret, right));
  }
}

export interface Findings {
  /** Acknowledged, and not there. */
  lost: string[];
  /** Changes without their record, and records without their change. */
  orphaned: string[];
}

/** Compares what was acknowledged with what is there, and what is there with the audit log. */
export async function findLosses(
  client: pg.Client,
  place: Place,
  ledger: Ledger,
  answered: ReadonlySet<string>,
): Promise<Findings> {
  const column = async (sql: string): Promise<Set<string>> => {
    const { rows } = await client.query<{ value: string }>(sql, [place.tenantId]);
    return new Set(rows.map(({ value }) => value));
  };
  const tokens = await column("select id::text as value from tokens where tenant_id = $1 and name like 'token-%'");
  const revoked = await column(
    "select id::text as value from tokens where tenant_id = $1 and name like 'token-%' and revoked_at is not null",
  );
  const pipelines = await column("select name as value from pipelines where tenant_id = $1 and name like 'pipeline-%'");
  const recorded = (action: string, what = "target_id::text") =>
    column(`select ${what} as value from audit_events where tenant_id = $1 and action = '${action}'`);
  const created = await recorded("token.created");
  const revocations = await recorded("token.revoked");
  const pipelineRecords = await recorded("pipeline.created", "target_label");
  const uses = await recorded("token.used", "correlation_id");
  return {
    lost: [
      ...missing(ledger.createdTokens, tokens, "token acknowledged"),
      ...missing(ledger.revokedTokens, revoked, "revocation acknowledged"),
      ...missing(ledger.pipelines, pipelines, "pipeline acknowledged"),
      ...missing(answered, uses, "use answered, not on record"),
    ],
    orphaned: [
      ...missing(tokens, created, "token without record"),
      ...missing(created, tokens, "record without token"),
      ...missing(revoked, revocations, "revocation without record"),
      ...missing(revocations, revoked, "record without revocation"),
      ...missing(pipelines, pipelineRecords, "pipeline without record"),
      ...missing(pipelineRecords, pipelines, "record without pipeline"),
    ],
  };
}

/** Asks whether a token works. */
export function verification(name: string, secret: string, right: readonly number[]): Question {
  return {
    name,
    isGood: right.length === 1 && right[0] === 200,
    method: "GET",
    path: "/identity/verify?scope=pipeline:read",
    headers: { authorization: `Bearer ${secret}` },
    right,
  };
}

function missing(wanted: ReadonlySet<string>, there: ReadonlySet<string>, what: string): string[] {
  return [...wanted].filter((one) => !there.has(one)).map((one) => `${what}: ${one}`);
}
