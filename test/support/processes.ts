/**
 * What a process that a test starts is given of ours: where programs are, and code that an earlier process of the run
 * compiled, which every process would compile anew otherwise.
 */
export const childEnvironment: Readonly<Record<string, string | undefined>> = {
  PATH: process.env["PATH"],
  NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
};
