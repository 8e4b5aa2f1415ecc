/** What opens an answer on Node (import condition `#decapsulator`). */
export { nodeDecapsulator as decapsulator } from "../envelope/opener-node.ts";
