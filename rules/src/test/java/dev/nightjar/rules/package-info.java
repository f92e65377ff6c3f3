/// The rules of the design that no compiler holds: which way the arrows point, who may call native code, which thread a
/// method is for, and that the
/// program runs however its jars are put together. Every rule is shown to catch a violation.
package dev.nightjar.rules;
