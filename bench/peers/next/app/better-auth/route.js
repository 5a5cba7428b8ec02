import { verify } from "../../../better-auth-instance.mjs";

export const dynamic = "force-dynamic";

export async function GET(request) {
  const { status, id } = await verify(request.headers.get("authorization"));
  return Response.json({ id }, { status });
}
