mod oracle;
mod ways;
