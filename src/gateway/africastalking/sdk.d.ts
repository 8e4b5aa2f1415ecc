// The SDK has no types, and those published for it are wrong: this is what 0.8.3 does (lib/index.js, lib/sms.js).
declare module "africastalking" {
  interface Sms {
    send(message: {
      readonly to: readonly string[];
      readonly message: string;
      readonly from?: string;
      readonly enqueue?: boolean;
    }): Promise<unknown>;
  }
  export default function africasTalking(options: { readonly username: string; readonly apiKey: string }): {
    readonly SMS: Sms;
  };
}

declare module "africastalking/lib/common.js" {
  const common: { SMS_URL: string; CONTENT_URL: string };
  export default common;
}
