/** What opens an answer in the page and in workerd (import condition `#decapsulator`). */
export { nobleDecapsulator as decapsulator } from "../envelope/opener-noble.ts";
