//! The whole way, from an empty project to an exported segment.
