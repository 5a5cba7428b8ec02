import { db } from "@/lib/db/client";
import { createMember, createTokenRow } from "@/lib/test/fixtures";
import { samplePipelines } from "@/prisma/sample-data";
import { test, tokensUrl } from "../support/story";

const day = 24 * 60 * 60 * 1000;

test("the API tokens of a tenant, and the drawer that shows a secret once", async ({ page, signIn }) => {
  const { place, user } = await signIn({ role: "owner", name: "Grace Okafor" });
  await db.organization.update({ where: { id: place.organizationId }, data: { name: "Acme" } });
  await db.pipeline.createMany({ data: samplePipelines("east").map((pipeline) => ({ ...pipeline, ...place })) });
  const adam = await createMember(place, "admin", { name: "Adam Lindqvist" });
  const ago = (days: number) => new Date(Date.now() - days * day);
  const samples = [
    {
      name: "Grafana dashboards",
      scopes: ["pipeline:read", "collector:read", "metrics:read"],
      expiresIn: 61,
      used: 0.002,
    },
    { name: "Deploy job, GitHub Actions", scopes: ["pipeline:read", "pipeline:write"], expiresIn: 83, used: 0.2 },
    { name: "Edge collector, Oslo", scopes: ["metrics:write"], expiresIn: 9, used: 0.0005 },
    { name: "Nightly backup", scopes: ["pipeline:read", "knowledge:read", "alerts:read"], expiresIn: 240, used: 0.6 },
    { name: "Alert bridge to Pager", scopes: ["alerts:read", "alerts:write"], expiresIn: null, used: 2 },
    { name: "Old Jenkins", scopes: ["pipeline:read", "pipeline:write"], expiresIn: 4, used: 96 },
  ] as const;
  for (const [index, sample] of samples.entries()) {
    const token = await createTokenRow(place, {
      name: sample.name,
      scopes: sample.scopes,
      creatorId: index % 2 === 0 ? user.id : adam.id,
      expiresAt: sample.expiresIn === null ? null : new Date(Date.now() + sample.expiresIn * day),
      lastUsedAt: ago(sample.used),
    });
    await db.token.update({ where: { id: token.id }, data: { createdAt: ago(3 + index * 17) } });
  }
  await page.goto(tokensUrl(place));
  await page.getByRole("row", { name: /Grafana/ }).waitFor();
  await page.evaluate(() => document.fonts.ready);
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.screenshot({ path: "docs/screenshots/api-tokens.png" });

  await page.getByRole("button", { name: "Create token" }).click();
  await page.getByLabel("Name").fill("Deploy job, staging");
  await page.getByRole("dialog").getByRole("button", { name: "Create token" }).click();
  await page.getByRole("dialog", { name: "Store your secret" }).getByText(/^pxt_/).waitFor();
  // The picture must not hold a secret that ever worked.
  await page.evaluate(() => {
    const secret = /pxt_[0-9A-Za-z]{38}/g;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      node.nodeValue = node.nodeValue?.replace(secret, `pxt_${"EXAMPLE".repeat(5)}abc`) ?? null;
    }
  });
  // One of them never ends: it waits for the first use.
  await page.screenshot({ path: "docs/screenshots/secret-drawer.png", animations: "disabled" });
});
