import { edgeStories } from "../conformance/edge.ts";
import { allInOne, nodeEdge } from "../support/edge.ts";

edgeStories("an edge in the core's own process", allInOne);
edgeStories("an edge of its own on Node", nodeEdge);
