/** What a browser says of itself, in words. */
export interface Device {
  browser: string | null;
  system: string | null;
}

// The first that matches counts: browsers also name those they descend from.
const browsers: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\bEdg(?:A|iOS|e)?\/(\d+)/, "Edge"],
  [/\bOPR\/(\d+)/, "Opera"],
  [/\bSamsungBrowser\/(\d+)/, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, "Firefox"],
  [/\bHeadlessChrome\/(\d+)/, "Headless Chrome"],
  [/\b(?:Chrome|CriOS|Chromium)\/(\d+)/, "Chrome"],
  [/\bVersion\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari\//, "Safari"],
];
const systems: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

/** Reads a User-Agent header (RFC 9110 §10.1.5). What is not a known browser is named by its first product. */
export function describeUserAgent(userAgent: string | null): Device {
  if (userAgent === null) return { browser: null, system: null };
  const system = systems.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null;
  for (const [pattern, name] of browsers) {
    const version = pattern.exec(userAgent)?.[1];
    if (version !== undefined) return { browser: `${name} ${version}`, system };
  }
  const [, product, version] = /^([!#$%&'*+.^`|~\w-]{1,40})(?:\/(\d{1,9}[\d.]{0,20}))?/.exec(userAgent) ?? [];
  if (product === undefined) return { browser: null, system };
  return { browser: version === undefined ? product : `${product} ${version}`, system };
}
