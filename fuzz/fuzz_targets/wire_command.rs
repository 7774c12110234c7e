#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sanctuary_fuzz::wire_command(data));
