/**
 * Argon2id (RFC 9106), version 0x13, as every receipt is stretched (envelope.md). Two implementations, chosen by the
 * import condition `#argon2id`. To change a number is to lose every mailbox.
 */
export const argon2idCost = { memoryKiB: 19 * 1024, passes: 2, lanes: 1, tagBytes: 32 } as const;
