import { authHandler } from "@/lib/auth";

async function handle(request: Request, context: unknown): Promise<Response> {
  return authHandler()(request, context);
}

export { handle as GET, handle as POST };
