/** age's scrypt stanza fixes r, p and the length of the key (c2sp.org/age, scrypt recipient stanza). */
export const scryptBlocks = 8;
export const scryptLanes = 1;
export const scryptKeyBytes = 32;
