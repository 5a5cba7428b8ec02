import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Providers } from "@/components/shell/providers";
import { nonceHeader } from "@/lib/security-headers";
import { LanguageProvider } from "@/lib/text/language-provider";
import { requestText } from "@/lib/text/server";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const text = await requestText();
  return {
    description: text("API tokens for your organization's tenants."),
    referrer: "same-origin",
  };
}

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#0c0c0e" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { language } = await requestText();
  const nonce = (await headers()).get(nonceHeader);
  return (
    <html lang={language} className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <body>
        <LanguageProvider language={language}>
          <Providers {...(nonce !== null && { nonce })}>{children}</Providers>
        </LanguageProvider>
      </body>
    </html>
  );
}
