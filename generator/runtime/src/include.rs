//! Makes what a build script generated part of the crate.

/// Includes the module that `counterpart::Builder` generated, as a public module of that name.
///
/// ```ignore
/// counterpart_runtime::include_contract!(orders);
/// // or, with a visibility of its own:
/// counterpart_runtime::include_contract!(pub(crate) mod orders);
/// ```
///
/// In a binary, which warns of what it does not use, put `#[allow(dead_code, unused_imports)]` before the name.
///
/// The name is that of the contract's file, `specs/orders.yaml`, unless the builder was given another.
#[macro_export]
macro_rules! include_contract {
    ($(#[$attribute:meta])* $module:ident) => {
        $crate::include_contract!($(#[$attribute])* pub mod $module);
    };
    ($(#[$attribute:meta])* $visibility:vis mod $module:ident) => {
        $(#[$attribute])*
        $visibility mod $module {
            include!(concat!(env!("OUT_DIR"), "/", stringify!($module), "/mod.rs"));
        }
    };
}
