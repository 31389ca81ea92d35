//! The project file: load, save whole or not at all, refuse what cannot be understood.
