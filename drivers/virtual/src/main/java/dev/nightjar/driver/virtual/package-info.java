/// The virtual driver.
package dev.nightjar.driver.virtual;
