//! The phone network and the sound of a PBX, for the desk.
