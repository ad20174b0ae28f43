"""APIs in the format of OpenAI's videos."""
