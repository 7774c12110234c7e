#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sanctuary_fuzz::picture(data));
