import { createTransport, type Transporter } from "nodemailer";
import { env } from "@/lib/env";
import { serviceUrl } from "@/lib/gates/service-url";

interface Mail {
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  /** The same for each try of one message, so that one that arrives twice can be told. */
  messageId: string;
}

let transport: Transporter | undefined;

/** Hands a message to the mail server. Throws when there is none, or it does not take the message. */
export async function sendMail({ messageId, ...mail }: Mail): Promise<void> {
  const { SMTP_URL: url, SMTP_FROM: from } = env;
  if (url === undefined || from === undefined) throw new Error("SMTP_URL and SMTP_FROM are not set");
  transport ??= createTransport({
    url,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  await transport.sendMail({
    ...mail,
    from,
    messageId: `<${messageId}@${new URL(serviceUrl()).hostname}>`,
    // Nobody's holiday notice is wanted in return (RFC 3834).
    headers: { "Auto-Submitted": "auto-generated" },
  });
}
