import { afterAll, describe, expect, test } from "vitest";
import { startReceiver } from "@/lib/test/receiver";
import { isPublicAddress } from "./addresses";
import { type PostOptions, post } from "./post";

const options: PostOptions = { headers: {}, body: "{}", privateAddresses: "refuse", timeoutMilliseconds: 2000 };

describe("messages are never sent to", () => {
  test.each([
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f.0.0.1/",
    "https://0.0.0.0/",
    "https://10.1.2.3/",
    "https://172.31.255.255/",
    "https://192.168.0.1/",
    "https://100.64.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://168.63.129.16/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:a9fe:a9fe]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[fe80::1]/",
    "https://[fd00:ec2::254]/",
    "https://[ff02::1]/",
    // Names that lead there: they are checked once resolved, and connected to at the very address that was checked.
    "https://localhost/",
    "https://localhost:8443/",
  ])("%s", async (url) => {
    expect(await post(new URL(url), options)).toEqual({ error: "The host is not on the public Internet" });
  });

  test("addresses without TLS", async () => {
    expect(await post(new URL("http://hooks.example.com/"), options)).toEqual({
      error: "Only https addresses are sent to",
    });
  });
});

test.each(["1.1.1.1", "9.255.255.255", "172.32.0.1", "2606:4700:4700::1111"])("%s is public", (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

describe("where private addresses are allowed", () => {
  const allowing: PostOptions = { ...options, privateAddresses: "allow" };
  const receivers: { url: string; stop: () => Promise<void> }[] = [];
  afterAll(async () => {
    for (const { stop } of receivers) await stop();
  });

  async function receiver(...args: Parameters<typeof startReceiver>) {
    const started = await startReceiver(...args);
    receivers.push(started);
    return started;
  }

  test("a redirect is an answer, and is not followed", async () => {
    const target = await receiver();
    const { url } = await receiver((_, response) => response.writeHead(302, { location: target.url }).end());
    expect(await post(new URL(url), allowing)).toEqual({ status: 302 });
    expect(target.messages).toEqual([]);
  });

  test("a receiver that hangs is given up", async () => {
    const { url } = await receiver(() => undefined);
    const result = await post(new URL(url), { ...allowing, timeoutMilliseconds: 100 });
    expect(result).toEqual({ error: "No answer within 0.1 seconds" });
  });

  test("an answer counts when it begins: a body that never ends is not waited for, nor read for long", async () => {
    const hanging = await receiver((_, response) => response.writeHead(200).write("…"));
    expect(await post(new URL(hanging.url), { ...allowing, timeoutMilliseconds: 300 })).toEqual({ status: 200 });
    const endless = await receiver((_, response) => {
      response.writeHead(200);
      const more = () => response.write("x".repeat(64 * 1024), (error) => error ?? more());
      more();
    });
    expect(await post(new URL(endless.url), { ...allowing, timeoutMilliseconds: 60_000 })).toEqual({ status: 200 });
  });

  test("a connection that is refused or broken off is told in words", async () => {
    const gone = await receiver();
    await gone.stop();
    expect(await post(new URL(gone.url), allowing)).toEqual({ error: "The connection was refused" });
    const broken = await receiver((request) => request.socket.destroy());
    expect(await post(new URL(broken.url), allowing)).toEqual({
      error: "The connection was closed before an answer",
    });
  });
});
