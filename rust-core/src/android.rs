//! What the core needs of Android's runtime: the JVM, so that the engine's thread is attached to it once.
//!
//! Attached, the thread stays one Java thread; unattached, the foreign-function layer makes a new one for every call
//! and the first tone comes 95 ms late (android-on-the-desk.md, measured).

use std::ffi::c_void;

use jni::JavaVM;
use jni::sys::{JNI_VERSION_1_6, jint};

/// Called by `System.load` and `System.loadLibrary`.
#[expect(unsafe_code, reason = "the JVM looks this symbol up by name and hands over a raw pointer")]
#[unsafe(no_mangle)]
pub extern "system" fn JNI_OnLoad(vm: *mut jni::sys::JavaVM, _reserved: *mut c_void) -> jint {
    #[cfg(target_os = "android")]
    android_logger::init_once(
        android_logger::Config::default().with_max_level(log::LevelFilter::Info).with_tag("starhash"),
    );
    // SAFETY: the JVM passes its own pointer, which lives as long as the process; the crate keeps it for `singleton`.
    let _vm = unsafe { JavaVM::from_raw(vm) };
    JNI_VERSION_1_6
}

/// Attaches this thread to the JVM until it ends. Without a JVM (tests in Rust alone) there is nothing to attach to.
pub(crate) fn attach_current_thread() {
    let Ok(vm) = JavaVM::singleton() else { return };
    if let Err(error) = vm.attach_current_thread(|_| jni::errors::Result::Ok(())) {
        log::warn!("the engine's thread could not be attached to the JVM, tones may begin late: {error}");
    }
}
